"""Latin-script names of China's provinces and cities, for sources that are written in English.

Keyed as `places.plain` writes them: lower-case letters only. Codes: GB/T 2260.
"""

PROVINCES = {
    "beijing": "110000",
    "tianjin": "120000",
    "hebei": "130000",
    "shanxi": "140000",
    "innermongolia": "150000",
    "neimenggu": "150000",
    "liaoning": "210000",
    "jilin": "220000",
    "heilongjiang": "230000",
    "shanghai": "310000",
    "jiangsu": "320000",
    "zhejiang": "330000",
    "anhui": "340000",
    "fujian": "350000",
    "jiangxi": "360000",
    "shandong": "370000",
    "henan": "410000",
    "hubei": "420000",
    "hunan": "430000",
    "guangdong": "440000",
    "guangxi": "450000",
    "hainan": "460000",
    "chongqing": "500000",
    "sichuan": "510000",
    "guizhou": "520000",
    "yunnan": "530000",
    "tibet": "540000",
    "xizang": "540000",
    "shaanxi": "610000",
    "gansu": "620000",
    "qinghai": "630000",
    "ningxia": "640000",
    "xinjiang": "650000",
    "taiwan": "710000",
    "hongkong": "810000",
    "macao": "820000",
    "macau": "820000",
}

_CITIES = """
110100:beijing 120100:tianjin 310100:shanghai 500100:chongqing 130100:shijiazhuang
130200:tangshan 130300:qinhuangdao 130400:handan 130500:xingtai 130600:baoding
130700:zhangjiakou 130800:chengde 130900:cangzhou 131000:langfang 131100:hengshui 140100:taiyuan
140200:datong 140300:yangquan 140400:changzhi 140500:jincheng 140600:shuozhou 140700:jinzhong
140800:yuncheng 140900:xinzhou 141000:linfen 141100:luliang 150100:hohhot 150200:baotou
150300:wuhai 150400:chifeng 150500:tongliao 150600:ordos 150700:hulunbuir 150800:bayannur
150900:ulanqab 210100:shenyang 210200:dalian 210300:anshan 210400:fushun 210500:benxi
210600:dandong 210700:jinzhou 210800:yingkou 210900:fuxin 211000:liaoyang 211100:panjin
211200:tieling 211300:chaoyang 211400:huludao 220100:changchun 220200:jilin 220300:siping
220400:liaoyuan 220500:tonghua 220600:baishan 220700:songyuan 220800:baicheng 222400:yanbian
230100:harbin 230200:qiqihar 230300:jixi 230400:hegang 230500:shuangyashan 230600:daqing
230700:yichun 230800:jiamusi 230900:qitaihe 231000:mudanjiang 231100:heihe 231200:suihua
320100:nanjing 320200:wuxi 320300:xuzhou 320400:changzhou 320500:suzhou 320600:nantong
320700:lianyungang 320800:huaian 320900:yancheng 321000:yangzhou 321100:zhenjiang 321200:taizhou
321300:suqian 330100:hangzhou 330200:ningbo 330300:wenzhou 330400:jiaxing 330500:huzhou
330600:shaoxing 330700:jinhua 330800:quzhou 330900:zhoushan 331000:taizhou 331100:lishui
340100:hefei 340200:wuhu 340300:bengbu 340400:huainan 340500:maanshan 340600:huaibei
340700:tongling 340800:anqing 341000:huangshan 341100:chuzhou 341200:fuyang 341300:suzhou
341500:luan 341600:bozhou 341700:chizhou 341800:xuancheng 350100:fuzhou 350200:xiamen
350300:putian 350400:sanming 350500:quanzhou 350600:zhangzhou 350700:nanping 350800:longyan
350900:ningde 360100:nanchang 360200:jingdezhen 360300:pingxiang 360400:jiujiang 360500:xinyu
360600:yingtan 360700:ganzhou 360800:jian 360900:yichun 361000:fuzhou 361100:shangrao
370100:jinan 370200:qingdao 370300:zibo 370400:zaozhuang 370500:dongying 370600:yantai
370700:weifang 370800:jining 370900:taian 371000:weihai 371100:rizhao 371300:linyi 371400:dezhou
371500:liaocheng 371600:binzhou 371700:heze 410100:zhengzhou 410200:kaifeng 410300:luoyang
410400:pingdingshan 410500:anyang 410600:hebi 410700:xinxiang 410800:jiaozuo 410900:puyang
411000:xuchang 411100:luohe 411200:sanmenxia 411300:nanyang 411400:shangqiu 411500:xinyang
411600:zhoukou 411700:zhumadian 420100:wuhan 420200:huangshi 420300:shiyan 420500:yichang
420600:xiangyang 420700:ezhou 420800:jingmen 420900:xiaogan 421000:jingzhou 421100:huanggang
421200:xianning 421300:suizhou 422800:enshi 430100:changsha 430200:zhuzhou 430300:xiangtan
430400:hengyang 430500:shaoyang 430600:yueyang 430700:changde 430800:zhangjiajie 430900:yiyang
431000:chenzhou 431100:yongzhou 431200:huaihua 431300:loudi 433100:xiangxi 440100:guangzhou
440200:shaoguan 440300:shenzhen 440400:zhuhai 440500:shantou 440600:foshan 440700:jiangmen
440800:zhanjiang 440900:maoming 441200:zhaoqing 441300:huizhou 441400:meizhou 441500:shanwei
441600:heyuan 441700:yangjiang 441800:qingyuan 441900:dongguan 442000:zhongshan 445100:chaozhou
445200:jieyang 445300:yunfu 450100:nanning 450200:liuzhou 450300:guilin 450400:wuzhou
450500:beihai 450600:fangchenggang 450700:qinzhou 450800:guigang 450900:yulin 451000:baise
451100:hezhou 451200:hechi 451300:laibin 451400:chongzuo 460100:haikou 460200:sanya
460300:sansha 460400:danzhou 510100:chengdu 510300:zigong 510400:panzhihua 510500:luzhou
510600:deyang 510700:mianyang 510800:guangyuan 510900:suining 511000:neijiang 511100:leshan
511300:nanchong 511400:meishan 511500:yibin 511600:guangan 511700:dazhou 511800:yaan
511900:bazhong 512000:ziyang 520100:guiyang 520200:liupanshui 520300:zunyi 520400:anshun
520500:bijie 520600:tongren 530100:kunming 530300:qujing 530400:yuxi 530500:baoshan
530600:zhaotong 530700:lijiang 530800:puer 530900:lincang 532900:dali 540100:lhasa
540200:shigatse 540300:chamdo 540400:nyingchi 540500:shannan 540600:nagqu 610100:xian
610200:tongchuan 610300:baoji 610400:xianyang 610500:weinan 610600:yanan 610700:hanzhong
610800:yulin 610900:ankang 611000:shangluo 620100:lanzhou 620200:jiayuguan 620300:jinchang
620400:baiyin 620500:tianshui 620600:wuwei 620700:zhangye 620800:pingliang 620900:jiuquan
621000:qingyang 621100:dingxi 621200:longnan 630100:xining 630200:haidong 640100:yinchuan
640200:shizuishan 640300:wuzhong 640400:guyuan 640500:zhongwei 650100:urumqi 650200:karamay
650400:turpan 650500:hami 653100:kashgar 654000:ili
"""


def cities() -> dict[str, tuple[str, ...]]:
    """Name to codes: several where cities in different provinces sound the same."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in _CITIES.split():
        code, name = entry.split(":")
        found[name] = (*found.get(name, ()), code)
    return found
